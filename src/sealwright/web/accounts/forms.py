"""Forms about oneself: ours, and allauth's in our words."""

from __future__ import annotations

from textwrap import wrap
from typing import Any, Final

from allauth.account import forms as account
from allauth.account.fields import EmailField
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sealwright.web.accounts.models import User

ADDRESS: Final = _("E-mail address")
CODE: Final = _("Code")
WORDS: Final = {
    "login": ADDRESS,
    "email": ADDRESS,
    "code": CODE,
    "password": _("Password"),
    "oldpassword": _("Password you have now"),
    "password1": _("New password"),
    "password2": _("New password again"),
    "name": _("Name of this passkey"),
    "passwordless": _("Sign in with it alone"),
    "recipient": _("Send it to"),
}
HELP: Final = {
    "password1": _("At least 12 characters. Four words in a row do well."),
    "passwordless": _(
        "Recommended. No code by mail any more: the passkey asks for your finger, face or PIN."
    ),
}
CODE_ATTRIBUTES: Final = {
    "autocomplete": "one-time-code",
    "autocapitalize": "characters",
    "spellcheck": "false",
    "class": "code-box",
}


class Worded:
    """A form of allauth with our labels and without placeholders."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = WORDS.get(name, field.label)
            field.help_text = HELP.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            if name == "code":
                field.widget.attrs |= CODE_ATTRIBUTES


def worded(form: Any) -> Any:
    """`form` of allauth (which has no types), in our words."""
    return type(form.__name__, (Worded, form), {})


RequestLoginCodeForm = worded(account.RequestLoginCodeForm)
ConfirmLoginCodeForm = worded(account.ConfirmLoginCodeForm)
ConfirmAddressForm = worded(account.ConfirmEmailVerificationCodeForm)
ConfirmPasswordResetCodeForm = worded(account.ConfirmPasswordResetCodeForm)
ConfirmReauthenticationCodeForm = worded(account.ConfirmReauthenticationCodeForm)
ReauthenticateForm = worded(account.ReauthenticateForm)
ResetPasswordForm = worded(account.ResetPasswordForm)
ResetPasswordKeyForm = worded(account.ResetPasswordKeyForm)
ChangePasswordForm = worded(account.ChangePasswordForm)
SetPasswordForm = worded(account.SetPasswordForm)
AuthenticateForm = worded(mfa.AuthenticateForm)
ReauthenticateFactorForm = worded(mfa.ReauthenticateForm)
SignupPasskeyForm = worded(webauthn.SignupWebAuthnForm)
EditPasskeyForm = worded(webauthn.EditWebAuthnForm)


class LoginForm(Worded, account.LoginForm):  # type: ignore[misc]
    """An address is enough: without a password a code goes there."""

    def _setup_password_field(self) -> None:
        self.fields["password"].required = False


class SignupForm(Worded, account.SignupForm):  # type: ignore[misc]
    """An address, and perhaps a name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(
            label=_("Your name"),
            max_length=120,
            required=False,
            widget=forms.TextInput(attrs={"autocomplete": "name"}),
        )

    def custom_signup(self, request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["name"].strip()
        user.save(update_fields=["name"])


class ActivateTOTPForm(Worded, totp.ActivateTOTPForm):  # type: ignore[misc]
    """Six digits that prove that the app has the key."""

    def secret_in_groups(self) -> str:
        """The key as it is typed by hand."""
        return " ".join(wrap(self.secret, 4))


class AddPasskeyForm(Worded, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """A passkey signs in alone unless the person says otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"passwordless": True, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)


class NameForm(forms.Form):
    """What a person is called."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        required=False,
        help_text=_("Providers you apply to see it, and it stands on what you choose to show."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class AddressForm(forms.Form):
    """An address that a person says is theirs."""

    email = EmailField(
        label=ADDRESS,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )


class CodeForm(forms.Form):
    """A code from a mail."""

    code = forms.CharField(label=CODE, max_length=20, widget=forms.TextInput(attrs=CODE_ATTRIBUTES))


class KitForm(forms.Form):
    """The code on paper."""

    code = forms.CharField(
        label=_("Code from your recovery kit"),
        max_length=80,
        help_text=_("28 characters. Capitals, spaces and hyphens make no difference."),
        widget=forms.TextInput(attrs={**CODE_ATTRIBUTES, "autocomplete": "off"}),
    )


class ClosingForm(forms.Form):
    """Whoever closes an account for good says so in a word."""

    WORD: Final = _("close my account")

    word = forms.CharField(
        label=_("Type “close my account”"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_word(self) -> str:
        word = " ".join(str(self.cleaned_data["word"]).split()).lower()
        if word != str(self.WORD).lower():
            raise forms.ValidationError(_("Please type exactly: close my account"))
        return word
