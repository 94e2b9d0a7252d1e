import { type ReactElement, useState } from 'react';
import { Button } from './button.tsx';

/** Options of {@link CopyButton}. */
export interface CopyButtonProps {
  /** What is copied. */
  readonly text: string;
  /** What the button says; default “Copy”. */
  readonly children?: string;
}

/** Copies a text, and says whether the browser let it. */
export function CopyButton({ text, children = 'Copy' }: CopyButtonProps): ReactElement {
  const [result, setResult] = useState<{ readonly of: string; readonly words: string }>();
  const copy = async () => {
    const words = await writeToClipboard(text);
    setResult({ of: text, words });
  };
  return (
    <Button onClick={() => void copy()}>
      <span aria-live="polite">{result?.of === text ? result.words : children}</span>
    </Button>
  );
}

async function writeToClipboard(text: string): Promise<string> {
  // Browsers offer the clipboard to pages that came by HTTPS only.
  const clipboard: Clipboard | undefined = navigator.clipboard;
  if (clipboard === undefined) return 'Not without HTTPS';
  return clipboard.writeText(text).then(
    () => 'Copied',
    () => 'Not permitted',
  );
}
