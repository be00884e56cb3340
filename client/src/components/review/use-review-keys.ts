import { useLocalStorage, useWindowEvent } from '@mantine/hooks';
import { actionOf, isTypedInto, type ReviewAction } from './review-keys.ts';

/** Single keys for the review, until the person turns them off; kept on this machine. */
export function useReviewKeys(act: (action: ReviewAction) => void): { isOn: boolean; setOn: (isOn: boolean) => void } {
  const [isOn, setOn] = useLocalStorage({
    key: 'contactsheet.reviewKeys',
    defaultValue: true,
    getInitialValueInEffect: false,
  });
  useWindowEvent('keydown', (event) => {
    const action = actionOf(event, { isTyping: isTypedInto(event.target), isOn });
    if (action === null || event.defaultPrevented) return;
    event.preventDefault();
    act(action);
  });
  return { isOn, setOn };
}
