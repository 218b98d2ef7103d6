"""Mails: EML and Outlook's MSG."""
