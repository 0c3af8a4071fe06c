import { useState } from "react";
import { type ImportChoice, type Reading, useUpload } from "../../api/imports";

/** A file that came in during this visit, so that it can be read again. */
export interface FileAtHand {
  /** The import it became. */
  id: string;
  file: File;
  /** How it was told to be read; null while that is being looked at. */
  reading: Reading | null;
  /** Which drop it came with. */
  drop: number;
}

/** The part of the page a file was sent from: what goes wrong is said there. */
export type SentFrom = "form" | "again" | "mended";

export type Send = (choice: ImportChoice, from: SentFrom) => void;

let drops = 0;

/** The files of this visit, in the order they were dropped. */
export function useFiles() {
  const [files, setFiles] = useState<FileAtHand[]>([]);
  const [failure, setFailure] = useState<{ from: SentFrom; error: unknown } | null>(null);
  const upload = useUpload();

  /** Sends files one after the other; `first` hears of the first one as soon as it is there. Answers how many went. */
  const send = async (choices: readonly ImportChoice[], from: SentFrom, first: (id: string) => void): Promise<number> => {
    drops += 1;
    const drop = drops;
    let sent = 0;
    setFailure(null);
    try {
      for (const { file, ...choice } of choices) {
        const { id } = await upload.mutateAsync({ file, ...choice });
        setFiles((now) => [...now, { id, file, drop, reading: choice.hold ? null : choice.reading }]);
        if (sent === 0) first(id);
        sent += 1;
      }
    } catch (error) {
      // Shown where it was sent from; what did not go stays chosen.
      setFailure({ from, error });
    }
    return sent;
  };
  const told = (id: string, reading: Reading) => setFiles((now) => now.map((each) => (each.id === id ? { ...each, reading } : each)));
  /** A dry run of a draft: the draft waits on, and how it was tried is kept for reading it in earnest. */
  const tried = (draft: string, reading: Reading, trial: string) =>
    setFiles((now) => now.flatMap((each) => (each.id === draft ? [each, { ...each, id: trial, reading, drop: -1 - now.length }] : [each])));
  const forget = (id: string) => setFiles((now) => now.filter((each) => each.id !== id));
  return { files, send, told, tried, forget, sending: upload.isPending, failure };
}
