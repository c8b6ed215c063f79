import { Component, type ReactNode } from 'react';
import { Alone } from '../ui/alone.tsx';
import { Button } from '../ui/button.tsx';

interface Props {
  readonly children: ReactNode;
}

/** Says so where the window itself has a fault; without it the owner would look at an empty page. */
export class FaultBoundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <Alone>
        <p className="alone-line" role="alert">
          This window had a fault. Evertoken itself keeps running and keeps your token alive.
        </p>
        <Button kind="primary" onClick={() => location.reload()}>
          Open it again
        </Button>
      </Alone>
    );
  }
}
