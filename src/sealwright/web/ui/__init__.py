"""How the site looks: tokens, components, base pages, icons, fonts and seals."""
