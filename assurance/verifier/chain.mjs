// What a node says happened: transactions with their receipts and reverts' bytes, and the answers of views.
import { getAddress, JsonRpcProvider, Network } from "ethers";

const hex = (number) => "0x" + number.toString(16);

export class Chain {
  constructor(url, chainId) {
    this.provider = new JsonRpcProvider(url, Network.from(chainId), { staticNetwork: true, cacheTimeout: -1 });
  }

  ask(method, ...params) {
    return this.provider.send(method, params);
  }

  async height() {
    return Number(await this.ask("eth_blockNumber"));
  }

  /** The transactions of a block, in their order. */
  async transactions(number) {
    const block = await this.ask("eth_getBlockByNumber", hex(number), true);
    return Promise.all(block.transactions.map((each) => this.happened(each, BigInt(block.timestamp))));
  }

  async happened(transaction, now) {
    const receipt = await this.ask("eth_getTransactionReceipt", transaction.hash);
    const failed = receipt.status !== "0x1";
    return {
      hash: transaction.hash,
      sender: getAddress(transaction.from),
      to: transaction.to ? getAddress(transaction.to) : null,
      created: receipt.contractAddress ? getAddress(receipt.contractAddress) : null,
      value: BigInt(transaction.value),
      data: transaction.input,
      now,
      refused: failed ? await this.reason(transaction.hash) : null,
      logs: receipt.logs.map(({ address, topics, data }) => ({ address: getAddress(address), topics, data })),
    };
  }

  /** The bytes that a failed transaction returned. */
  async reason(hash) {
    const trace = await this.ask("debug_traceTransaction", hash, { tracer: "callTracer" });
    return trace.output ?? "0x";
  }

  async hasCode(address, number) {
    return (await this.ask("eth_getCode", address, hex(number))) !== "0x";
  }

  async time(number) {
    return BigInt((await this.ask("eth_getBlockByNumber", hex(number), false)).timestamp);
  }

  /** What a view answers a stranger, or {refused} with the bytes of its error. */
  async view(to, data, number) {
    try {
      return { answer: await this.ask("eth_call", { to, data }, hex(number)), refused: null };
    } catch (error) {
      const told = error.error?.data ?? error.data ?? error.info?.error?.data;
      if (typeof told !== "string") throw error;
      return { answer: null, refused: told };
    }
  }

  close() {
    this.provider.destroy();
  }
}
