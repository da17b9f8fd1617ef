"""Issuing, step by step: keys, places in status lists, documents, batches, standing."""
