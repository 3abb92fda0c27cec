import { useId, useState, type ReactNode } from 'react';
import frame from '../frame.module.css';
import type { PortKey } from './manifestPorts';
import styles from './ports.module.css';

interface NumberFieldProps {
  name: PortKey;
  /** What the manifest says; empty when it leaves it out. */
  written: string;
  /** What stands there when the manifest leaves it out. */
  instead: string | undefined;
  /** The element with what the server said about the number. */
  refusal: string | undefined;
  onFocus: () => void;
  onBlur: () => void;
  onChange: (value: string) => void;
}

/** A number of the manifest: Enter, or leaving the field, applies it; Esc takes back what was typed. */
export function NumberField({ name, written, instead, refusal, onFocus, onBlur, onChange }: NumberFieldProps): ReactNode {
  const id = useId();
  const [draft, setDraft] = useState<string>();
  const finish = () => {
    if (draft !== undefined && draft.trim() !== written) onChange(draft.trim());
    setDraft(undefined);
  };
  return (
    <form
      className={styles.entry}
      onSubmit={(event) => {
        event.preventDefault();
        finish();
      }}
    >
      <label className={styles.key} htmlFor={id}>
        {name}:
      </label>
      <input
        id={id}
        className={`${frame.input} ${styles.input}`}
        value={draft ?? written}
        placeholder={instead}
        inputMode="numeric"
        autoComplete="off"
        spellCheck={false}
        aria-invalid={refusal !== undefined}
        aria-describedby={refusal}
        onChange={({ target }) => setDraft(target.value)}
        onFocus={onFocus}
        onBlur={() => {
          finish();
          onBlur();
        }}
        onKeyDown={({ key }) => key === 'Escape' && setDraft(undefined)}
      />
    </form>
  );
}
