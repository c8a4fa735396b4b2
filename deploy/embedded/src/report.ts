/** Where a starter announces what takes long or changes the machine (a download, an installation); one sentence per call. */
export type Report = (line: string) => void;
