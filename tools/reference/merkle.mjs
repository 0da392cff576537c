// Answers questions about trees with OpenZeppelin's StandardMerkleTree, a reference implementation: a JSON line in, one out.
//
//   {"op": "build", "leaves": [[1, name, value, salt] or [2, name, parity, x] or [3, name, text, salt], ...], "prove": [i, ...], "multi": [i, ...]}
//     -> {"root", "proofs": [[hash, ...], ...], "multiproof": {"leaves", "proof", "proofFlags"}}
//   {"op": "verify", "root", "leaf", "proof"}                    -> {"valid"}
//   {"op": "verifyMulti", "root", "leaves", "proof", "proofFlags"} -> {"valid"}
//   {"op": "time", "trees": [[leaf, ...], ...], "warmUp": n}     -> {"seconds", "roots"}
//
// Hashes are 0x hex, int64 values decimal strings. An error that the library throws is returned as {"error"}.
import { createInterface } from "node:readline";
import { StandardMerkleTree } from "@openzeppelin/merkle-tree";

const TYPES = { 1: ["uint16", "bytes32", "int64", "bytes32"], 2: ["uint16", "bytes32", "uint8", "bytes32"] };
TYPES[3] = ["uint16", "bytes32", "bytes32", "bytes32"];

const operations = {
  build({ leaves, prove, multi }) {
    const tree = StandardMerkleTree.of(leaves, TYPES[leaves[0][0]]);
    return { root: tree.root, proofs: prove.map((i) => tree.getProof(i)), multiproof: tree.getMultiProof(multi) };
  },
  verify({ root, leaf, proof }) {
    return { valid: StandardMerkleTree.verify(root, TYPES[leaf[0]], leaf, proof) };
  },
  verifyMulti({ root, leaves, proof, proofFlags }) {
    return { valid: StandardMerkleTree.verifyMultiProof(root, TYPES[leaves[0][0]], { leaves, proof, proofFlags }) };
  },
  time({ trees: given, warmUp }) {
    // BigInt is the form that the library encodes fastest: reading numbers is not what is timed.
    const trees = given.map((leaves) => leaves.map(([form, name, value, salt]) => [form, name, BigInt(value), salt]));
    for (const leaves of trees.slice(0, warmUp)) StandardMerkleTree.of(leaves, TYPES[leaves[0][0]]);
    const start = process.hrtime.bigint();
    const roots = trees.map((leaves) => StandardMerkleTree.of(leaves, TYPES[leaves[0][0]]).root);
    return { seconds: Number(process.hrtime.bigint() - start) / 1e9, roots };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { op, ...question } = JSON.parse(line);
  let answer;
  try {
    answer = operations[op](question);
  } catch (error) {
    answer = { error: String(error.message) };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
