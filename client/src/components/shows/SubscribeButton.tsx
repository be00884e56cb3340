import { Button } from '@mantine/core';
import { IconCalendarPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';

const SubscribePopover = lazy(() => import('./SubscribePopover.tsx'));

interface SubscribeButtonProps {
  /** Of the feed on this server. */
  path: string;
  label: string;
  title: string;
}

/** A calendar feed. What the button opens is loaded with the first click: few want it, and everybody waits for the list. */
export function SubscribeButton(props: SubscribeButtonProps) {
  const [wasAsked, setWasAsked] = useState(false);
  const button = (
    <Button
      variant="default"
      size="md"
      mih={44}
      aria-haspopup="dialog"
      loading={wasAsked}
      leftSection={<IconCalendarPlus size={18} aria-hidden />}
      onClick={() => setWasAsked(true)}
    >
      {props.label}
    </Button>
  );
  if (!wasAsked) return button;
  return (
    <Suspense fallback={button}>
      <SubscribePopover {...props} />
    </Suspense>
  );
}
