// Verifies a log of Jamjar with reference implementations: golang.org/x/mod/sumdb, transparency-dev/merkle and
// filippo.io/torchwood; cosignatures of ML-DSA-44, which that torchwood lacks, from C2SP tlog-cosignature with
// filippo.io/mldsa.
//
//	tlog_reference proofs < LINES           each line "inclusion SIZE ROOT INDEX LEAF PROOF..." or
//	                                        "consistency OLD ROOT NEW ROOT PROOF...", hashes in hex; prints how many hold
//	tlog_reference receipt POLICY RECEIPT   a tlog-proof, whose extra data are a digest of 32 bytes and the leaf
//	tlog_reference log POLICY FOLDER        a folder of tiles: reads every leaf through the checkpoint
//	tlog_reference cosigned KEY CHECKPOINT  a cosignature of type 6 under a checkpoint, by filippo.io/mldsa; prints its time
package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"filippo.io/mldsa"
	"filippo.io/torchwood"
	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/mod/sumdb/tlog"
)

func must[T any](value T, err error) T {
	check(err)
	return value
}

func check(err error) {
	if err != nil {
		fmt.Println("refused:", err)
		os.Exit(1)
	}
}

func hash(text string) tlog.Hash {
	return tlog.Hash(must(hex.DecodeString(text)))
}

func number(text string) int64 {
	return must(strconv.ParseInt(text, 10, 64))
}

func verifyLine(words []string) {
	first, second := number(words[1]), number(words[3])
	one, other := hash(words[2]), hash(words[4])
	var path []tlog.Hash
	var bytes [][]byte
	for _, word := range words[5:] {
		path = append(path, hash(word))
		bytes = append(bytes, must(hex.DecodeString(word)))
	}
	hasher := rfc6962.DefaultHasher
	if words[0] == "inclusion" {
		check(tlog.CheckRecord(path, first, one, second, other))
		check(proof.VerifyInclusion(hasher, uint64(second), uint64(first), other[:], bytes, one[:]))
		return
	}
	if first > 0 { // sumdb's trees of no leaf have no proof
		check(tlog.CheckTree(path, second, other, first, one))
	}
	check(proof.VerifyConsistency(hasher, uint64(first), uint64(second), bytes, one[:], other[:]))
}

func verifyProofs() {
	count := 0
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); count++ {
		verifyLine(strings.Fields(lines.Text()))
	}
	fmt.Println(count, "hold")
}

func verifyReceipt(policy torchwood.Policy, receipt []byte) {
	leaf := must(torchwood.ProofExtraData(receipt))[32:]
	check(torchwood.VerifyProof(policy, tlog.RecordHash(leaf), receipt))
	fmt.Printf("%s\n", leaf)
}

func verifyLog(policy torchwood.Policy, folder string) {
	files := os.DirFS(folder)
	reader := must(torchwood.NewTileFS(files))
	checkpoint, _, err := torchwood.VerifyCheckpoint(must(os.ReadFile(folder+"/checkpoint")), policy)
	check(err)
	client := must(torchwood.NewClient(reader))
	for _, leaf := range client.AllEntries(context.Background(), checkpoint.Tree, 0) {
		fmt.Printf("%s\n", leaf)
	}
	check(client.Err())
}

func verifyCosigned(key, note string) {
	name, rest, _ := strings.Cut(key, "+")
	_, encoded, _ := strings.Cut(rest, "+")
	typed := must(base64.StdEncoding.DecodeString(encoded))
	public := must(mldsa.NewPublicKey(mldsa.MLDSA44(), typed[1:]))
	id := sha256.Sum256(append([]byte(name+"\n"), typed...))
	lines := strings.Split(note, "\n")
	for _, line := range lines[4:] {
		words := strings.Fields(line)
		if typed[0] != 6 || len(words) != 3 || words[1] != name {
			continue
		}
		signed := must(base64.StdEncoding.DecodeString(words[2]))
		if string(signed[:4]) != string(id[:4]) {
			continue
		}
		message := append([]byte("subtree/v1\n\x00"), byte(len(name)))
		message = append(append(message, name...), signed[4:12]...)
		message = append(append(message, byte(len(lines[0]))), lines[0]...)
		message = binary.BigEndian.AppendUint64(message, 0)
		message = binary.BigEndian.AppendUint64(message, uint64(number(lines[1])))
		message = append(message, must(base64.StdEncoding.DecodeString(lines[2]))...)
		check(mldsa.Verify(public, message, signed[12:], nil))
		fmt.Println(binary.BigEndian.Uint64(signed[4:12]))
		return
	}
	check(errors.New("no cosignature by this key"))
}

func main() {
	if os.Args[1] == "proofs" {
		verifyProofs()
		return
	}
	if os.Args[1] == "cosigned" {
		verifyCosigned(os.Args[2], string(must(os.ReadFile(os.Args[3]))))
		return
	}
	policy := must(torchwood.ParsePolicy(must(os.ReadFile(os.Args[2]))))
	if os.Args[1] == "receipt" {
		verifyReceipt(policy, must(os.ReadFile(os.Args[3])))
	} else {
		verifyLog(policy, os.Args[3])
	}
}
