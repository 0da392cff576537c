# Lets plain `brownie`, `pytest` and `python` find the project's own tools: `. tools/env.sh` (bash, zsh).
# The Makefile reads it by itself.
jamjar_root="$(cd "$(dirname "${BASH_SOURCE[0]:-${(%):-%x}}")/.." && pwd)"
export PATH="$jamjar_root/.venv/bin:$jamjar_root/node_modules/.bin:$PATH"
export SOLCX_BINARY_PATH="$jamjar_root/tools/solcx"
# Without cached bytecode, every suite starts a second or two later.
unset PYTHONDONTWRITEBYTECODE
export ETH_HASH_BACKEND=pysha3
unset jamjar_root
