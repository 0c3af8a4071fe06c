import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const program = resolve(process.env.PINGXIN_BIN ?? join(here, "../../target/debug/pingxin"));

export interface Person {
  role: string;
  login: string;
  password: string;
}

export interface Server {
  /** Where it listens, without a slash at the end. */
  url: string;
  /** The link of the first owner, while there is none. */
  setup: string | null;
  /** The people of the demo. */
  people: Person[];
  /** Adds somebody at the command line, beside the running server. */
  addPerson(login: string, role: string): Person;
  stop(): Promise<void>;
}

/** Starts the program on an empty database of its own and waits until it says where it listens. */
export async function startServer({ demo }: { demo: boolean }): Promise<Server> {
  if (!existsSync(program)) throw new Error(`${program} is missing; build it with: cargo build -p pingxin`);
  const folder = mkdtempSync(join(tmpdir(), "pingxin-e2e-"));
  const database = join(folder, "desk.db");
  const options = ["serve", "--db", database, "--listen", "127.0.0.1:0", "--local-network", ...(demo ? ["--demo", "--demo-orders", "1200", "--demo-reviews", "400"] : [])];
  const child = spawn(program, options, { stdio: ["ignore", "pipe", "pipe"] });
  const complaints: string[] = [];
  createInterface({ input: child.stderr }).on("line", (line) => complaints.push(line));
  const stop = async () => {
    await end(child);
    rmSync(folder, { recursive: true, force: true });
  };

  const addPerson = (login: string, role: string): Person => {
    const words = ["user", "--db", database, "add", login, "--role", role];
    // Without a password of ours it makes one up and prints it.
    const password = execFileSync(program, words, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
    return { role, login, password };
  };

  const server: Server = { url: "", setup: null, people: [], addPerson, stop };
  const ready = new Promise<void>((done, failed) => {
    const wanted = demo ? () => server.people.length > 0 : () => server.setup !== null;
    createInterface({ input: child.stdout }).on("line", (line) => {
      const [word, ...rest] = line.split(" ");
      if (line.startsWith("http://")) server.url = line.trim();
      else if (word === "setup") server.setup = rest[0] ?? null;
      else if (word === "demo") server.people.push({ role: rest[0] ?? "", login: rest[1] ?? "", password: rest[2] ?? "" });
      // The people of the demo come in one burst; the rest of it is read before anybody uses the list.
      if (server.url && wanted()) setTimeout(done, 50);
    });
    child.once("exit", (code) => failed(new Error(`pingxin ended with ${code} before it was ready:\n${complaints.join("\n")}`)));
    setTimeout(() => failed(new Error(`pingxin was not ready in 60 s:\n${complaints.join("\n")}`)), 60_000).unref();
  });
  try {
    await ready;
  } catch (error) {
    await stop();
    throw error;
  }
  return server;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const over = new Promise<void>((done) => child.once("exit", () => done()));
  child.kill("SIGTERM");
  const impatient = setTimeout(() => child.kill("SIGKILL"), 10_000);
  await over;
  clearTimeout(impatient);
}
