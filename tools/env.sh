# What plain `brownie`, `pytest` and `python` need to find the project's own tools: `. tools/env.sh` (bash, zsh).
# The Makefile reads it by itself.
jamjar_root="$(cd "$(dirname "${BASH_SOURCE[0]:-${(%):-%x}}")/.." && pwd)"
export PATH="$jamjar_root/.venv/bin:$jamjar_root/node_modules/.bin:$PATH"
export SOLCX_BINARY_PATH="$jamjar_root/tools/solcx"
# Without bytecode kept, every start of a suite takes a second or two longer.
unset PYTHONDONTWRITEBYTECODE
export ETH_HASH_BACKEND=pysha3
unset jamjar_root
