import { useEffect, useEffectEvent, useState } from 'react';
import { useDropzone } from 'react-dropzone';
import { useTranslation } from 'react-i18next';
import { addressesIn, namedPaste } from './intake-files.ts';
import classes from './Intake.module.css';

interface PageDropProps {
  /** What is said while something is held over the page; without it, that it comes to the pile. */
  words?: string;
  onFiles: (files: File[]) => void;
  onAddresses: (urls: string[]) => void;
}

/** Takes files that are dropped anywhere on the page (folders too), and what is pasted: pictures, or their addresses. */
export function PageDrop({ words, onFiles, onAddresses }: PageDropProps) {
  const { t } = useTranslation('parser');
  const [isOver, setIsOver] = useState(false);
  const { getRootProps } = useDropzone({
    noClick: true,
    noKeyboard: true,
    onDrop: (files) => {
      setIsOver(false);
      onFiles(files);
    },
    onDragLeave: () => setIsOver(false),
  });
  useEffect(() => {
    const onEnter = ({ dataTransfer }: DragEvent) => {
      if (dataTransfer?.types.includes('Files')) setIsOver(true);
    };
    globalThis.addEventListener('dragenter', onEnter);
    return () => globalThis.removeEventListener('dragenter', onEnter);
  }, []);
  const takePaste = useEffectEvent((event: ClipboardEvent) => {
    const { clipboardData, target } = event;
    if (target instanceof HTMLElement && target.closest('input, textarea, [contenteditable]')) return;
    const files = [...(clipboardData?.files ?? [])].map((file) => namedPaste(file, new Date()));
    const urls = files.length > 0 ? [] : addressesIn(clipboardData?.getData('text/plain') ?? '');
    if (files.length > 0) onFiles(files);
    if (urls.length > 0) onAddresses(urls);
    if (files.length + urls.length > 0) event.preventDefault();
  });
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => takePaste(event);
    globalThis.addEventListener('paste', onPaste);
    return () => globalThis.removeEventListener('paste', onPaste);
  }, []);
  return (
    <div
      {...getRootProps({ role: 'presentation', tabIndex: undefined })}
      className={classes.cover}
      data-over={isOver || undefined}
    >
      <p>{words ?? t('intake.dropHere')}</p>
    </div>
  );
}
