// A node of Kaia's Istanbul BFT that listens for its peers where it is told, which Kaia's own command cannot do.
//
// JAMJAR_LISTEN  the address and port for peers, such as 127.0.0.1:32323
// JAMJAR_TYPE    cn for a validator, en for a follower
// JAMJAR_ROUND   the milliseconds of a round's first time-out
package main

import (
	"fmt"
	"os"
	"strconv"

	"github.com/kaiachain/kaia/cmd/utils"
	"github.com/kaiachain/kaia/cmd/utils/nodecmd"
	"github.com/kaiachain/kaia/consensus/istanbul"
	"github.com/kaiachain/kaia/node"
	"github.com/urfave/cli/v2"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	round, err := strconv.ParseUint(os.Getenv("JAMJAR_ROUND"), 10, 64)
	if err != nil {
		return fmt.Errorf("JAMJAR_ROUND is no number of milliseconds; set it: %w", err)
	}
	istanbul.DefaultConfig.Timeout = round
	node.DefaultConfig.P2P.ListenAddr = os.Getenv("JAMJAR_LISTEN")
	utils.NodeTypeFlag.Value = os.Getenv("JAMJAR_TYPE")

	app := utils.NewApp(nodecmd.GetGitCommit(), "Kaia for a local Jamjar network")
	app.Action = nodecmd.RunKaiaNode
	app.Before = nodecmd.BeforeRunNode
	app.Commands = []*cli.Command{nodecmd.InitCommand, nodecmd.VersionCommand}
	app.Flags = utils.KcnAppFlags()
	return app.Run(os.Args)
}
