# Read by start.sh, which names the agreed files: ends it unless they are as agreed, and node.key is its owner's alone.
grep -E " ($agreed)\$" SHA256SUMS | sha256sum --check --quiet >&2 || {
  echo "A file differs from what the members agreed; take it again from your own jamjar network init or admit." >&2
  exit 78
}
[ -r node.key ] || {
  echo "There is no node.key that this account can read; copy the one that jamjar network join-request made here." >&2
  exit 78
}
[ -z "$(find node.key -perm /077)" ] || {
  echo "Other accounts can read node.key; take that away from them: chmod 400 node.key" >&2
  exit 78
}
