"""Programs to start: deployment, its check, the demo, the export of ABIs, the suites."""
