import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import { useLabContext } from '../LabProvider/context';
import type { FirstPacket } from './firstPacket';
import { layoutOf, type Layout } from './layout';
import { stillModel } from './model';
import { ADDRESSES, CHARACTER, Label } from './boxes';
import { Picture } from './Picture';
import styles from './picture.module.css';

/** A packet that is about to leave, drawn without its machinery: the server's picture has no trace to follow. */
function StillChip({ layout, from, to }: { layout: Layout; from: string; to: string }) {
  const machine = layout.machines.find((candidate) => candidate.id === from);
  if (!machine) return null;
  const width = Math.max(to.length, 12) * CHARACTER + 18;
  const y = machine.y + machine.height + 4;
  return (
    <g aria-hidden="true">
      <rect x={machine.x} y={y} width={width} height={38} rx={3} className={styles.stillChip} />
      <Label x={machine.x + 9} y={y + 16} className={styles.stillText}>
        {ADDRESSES[from] ?? ''}
      </Label>
      <Label x={machine.x + 9} y={y + 31} className={styles.stillText}>
        {to}
      </Label>
    </g>
  );
}

/**
 * The server's picture, once for wide and once for narrow places; the style sheet shows one of them. In the reader's browser
 * `stillInPage.tsx` takes this module's place (src/plugins/bundling.ts): what draws it would weigh on every page.
 */
export function StillPicture({ packet }: { packet?: FirstPacket }): ReactNode {
  const { scenario } = useLabContext();
  const model = stillModel(scenario, packet?.address);
  const chip = packet && /^\d/.test(packet.address) ? { from: packet.from, to: `${packet.address}:${packet.port}` } : undefined;
  return (
    <div>
      {[
        { width: 760, className: styles.onlyWide },
        { width: 358, className: styles.onlyNarrow },
      ].map(({ width, className }) => {
        const layout = layoutOf(model, width);
        return (
          <Picture
            key={width}
            model={model}
            layout={layout}
            title={translate({ id: 'widget.map.still', message: '클러스터 지도' })}
            className={className}
          >
            {chip && <StillChip layout={layout} {...chip} />}
          </Picture>
        );
      })}
    </div>
  );
}
