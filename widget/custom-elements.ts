import type { HTMLAttributes } from 'preact';
import type { ParleyScheduler } from './elements/parley-scheduler.tsx';

/** The elements that views draw inside other elements. */
declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'parley-scheduler': HTMLAttributes<ParleyScheduler> & { readonly 'event-type'?: string };
      'parley-zone-search': HTMLAttributes<HTMLElement> & {
        readonly onpick?: (event: CustomEvent<string>) => void;
        readonly onclose?: (event: CustomEvent) => void;
      };
    }
  }
}
