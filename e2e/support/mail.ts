import { SMTPServer } from "smtp-server";

export interface Mailbox {
  port: number;
  /** What was delivered: recipients and the mail as it came. */
  mails: { to: string[]; text: string }[];
  stop(): Promise<void>;
}

/** A real mail server that keeps what it is given. */
export async function startMail(): Promise<Mailbox> {
  const mails: Mailbox["mails"] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), text: Buffer.concat(parts).toString("utf8") });
        done();
      });
    },
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.server.address();
  if (!address || typeof address === "string") throw new Error("the mail server has no port");
  return { port: address.port, mails, stop: () => new Promise((done) => server.close(() => done())) };
}
