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

let drops = 0;

/** The files of this visit, in the order they were dropped. */
export function useFiles() {
  const [files, setFiles] = useState<FileAtHand[]>([]);
  const upload = useUpload();

  /** Sends files one after the other; `first` hears of the first one as soon as it is there. */
  const send = async (choices: readonly ImportChoice[], first: (id: string) => void): Promise<boolean> => {
    drops += 1;
    const drop = drops;
    try {
      for (const [index, { file, ...choice }] of choices.entries()) {
        const { id } = await upload.mutateAsync({ file, ...choice });
        setFiles((now) => [...now, { id, file, drop, reading: choice.hold ? null : choice.reading }]);
        if (index === 0) first(id);
      }
      return true;
    } catch {
      // Shown beside the button by `error`; what was chosen stays chosen.
      return false;
    }
  };
  const told = (id: string, reading: Reading) => setFiles((now) => now.map((each) => (each.id === id ? { ...each, reading } : each)));
  const forget = (id: string) => setFiles((now) => now.filter((each) => each.id !== id));
  return { files, send, told, forget, sending: upload.isPending, error: upload.error };
}
