"""The front doors: deploying, checking a deployment, the demo, the ABIs, the suites."""
