"""An operator's pages: how its services are, what needs its attention, and vetoes and executions of proposals."""
