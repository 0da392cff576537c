"""What all pages share: their form, their languages, and what keeps them safe on this machine; no logic of a role."""
