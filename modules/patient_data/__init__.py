"""Patient data: records stay with the patient, a clinic looks under a consent, and broken glass is on the record."""
