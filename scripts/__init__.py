"""What people start: deployment, the demo, figures."""
