"""Modules that ship with this repository, a folder each; nothing of the core imports one."""
