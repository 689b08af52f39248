"""Checks of attribute filters, which decide through cloudFiltered who stays out of Entra."""
