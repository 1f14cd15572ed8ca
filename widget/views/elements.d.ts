import type { JSX } from 'preact';

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'parley-scheduler': JSX.HTMLAttributes<HTMLElement> & { readonly 'event-type'?: string };
    }
  }
}
