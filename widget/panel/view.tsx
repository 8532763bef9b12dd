/** The panel as seen: head, log of the conversation, chips, input. Draws a state; what a press does is in chat.ts. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Chat, ChatState, Line } from './chat';
import { copyText } from './copy-text';
import { Reply } from './reply';

export interface Settings {
  title: string;
  welcome: string;
  examples: string[];
}

interface PanelProps {
  settings: Settings;
  chat: Chat;
  state: ChatState;
  /** Undefined when the panel is a page of its own: there is nothing to close. */
  close: (() => void) | undefined;
  enlarge: () => void;
}

export function Panel({ settings, chat, state, close, enlarge }: PanelProps) {
  const isEmpty = state.lines.length === 0;
  const beginAnew = () => {
    chat.beginAnew();
    document.querySelector('textarea')?.focus();
  };
  return (
    <>
      <header>
        <h1 tabIndex={-1}>{settings.title}</h1>
        <button type="button" onClick={enlarge} aria-label="大字，再按更大，第三次回到原样">
          大字
        </button>
        <button type="button" onClick={beginAnew} disabled={isEmpty}>
          新对话
        </button>
        {close && (
          <button type="button" onClick={close} aria-label="关闭" class="close">
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path d="M5 5l14 14M19 5L5 19" />
            </svg>
          </button>
        )}
      </header>
      <Log settings={settings} chat={chat} state={state} />
      {state.connection === 'offline' && (
        <p class="offline" role="status">
          网络断开了，恢复以后自动接上。
        </p>
      )}
      {state.chips.length > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset draws a frame and a legend
        <div class="chips" role="group" aria-label="可以接着问">
          {state.chips.map(({ title, say }) => (
            <button type="button" key={title + say} onClick={() => chat.say(say)}>
              {title}
            </button>
          ))}
        </div>
      )}
      <Input say={(text) => chat.say(text)} />
    </>
  );
}

function Log({ settings, chat, state }: Pick<PanelProps, 'settings' | 'chat' | 'state'>) {
  const log = useRef<HTMLDivElement>(null);
  const end = useRef<HTMLDivElement>(null);
  const count = state.lines.length;
  useLayoutEffect(() => {
    const box = log.current;
    const last = end.current?.previousElementSibling;
    if (!box || !(last instanceof HTMLElement) || count === 0) return;
    // To the end; but an answer longer than the screen is read from its beginning.
    box.scrollTop = Math.min(box.scrollHeight, last.offsetTop - box.offsetTop - 8);
  }, [count, state.isTyping, state.chips]);
  const lastKey = state.lines[count - 1]?.key;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <div id="log" ref={log} role="log" aria-live="polite" aria-label="对话" tabIndex={0}>
      <div class="line bot">
        <p class="words">{settings.welcome}</p>
      </div>
      {count === 0 && (
        <ul class="examples" aria-label="可以这样问">
          {settings.examples.map((example) => (
            <li key={example}>
              <button type="button" onClick={() => chat.say(example)}>
                {example}
              </button>
            </li>
          ))}
        </ul>
      )}
      {state.lines.map((line) => {
        if (line.from === 'person') return <PersonLine key={line.key} line={line} retry={() => chat.retry(line)} />;
        if (line.from === 'bot')
          return <BotLine key={line.key} line={line} chat={chat} isLast={line.key === lastKey} />;
        return (
          <p key={line.key} class="notice">
            {line.activity.text}
          </p>
        );
      })}
      {state.isTyping && (
        <div class="line bot typing">
          <span class="unseen">正在查</span>
          <i />
          <i />
          <i />
        </div>
      )}
      <div ref={end} />
    </div>
  );
}

function PersonLine({ line, retry }: { line: Line; retry: () => void }) {
  return (
    <div class={`line person ${line.state}`}>
      <p class="words">
        <span class="unseen">您说：</span>
        {line.activity.text}
      </p>
      {line.state === 'sending' && <small>正在发送</small>}
      {line.state === 'failed' && (
        <small class="failed">
          没有发出去
          <button type="button" class="resend" onClick={retry}>
            再发一次
          </button>
        </small>
      )}
    </div>
  );
}

function BotLine({ line, chat, isLast }: { line: Line; chat: Chat; isLast: boolean }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    const { channelData, text = '' } = line.activity;
    setCopied(await copyText(channelData?.reply?.text ?? text));
    setTimeout(() => setCopied(false), 2000);
  };
  const rate = (feedback: 'up' | 'down', label: string) => (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-pressed={line.feedback === feedback}
      onClick={() => chat.rate(line, feedback)}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true" class={feedback}>
        <path d="M8 10v10H3V10zm0 0l4-8c1.500 0 2.500 1 2.500 2.500L14 9h5c1.200 0 2 1 1.800 2.200l-1.300 7C19.300 19.300 18.500 20 17.500 20H8" />
      </svg>
    </button>
  );
  return (
    <div class="line bot">
      <span class="unseen">回答：</span>
      <Reply activity={line.activity} isLast={isLast} />
      <div class="tools">
        <button type="button" onClick={copy}>
          {isCopied ? '已复制' : '复制'}
        </button>
        {rate('up', '有用')}
        {rate('down', '没用')}
        {line.feedback && <small>谢谢评价</small>}
      </div>
    </div>
  );
}

function Input({ say }: { say: (text: string) => void }) {
  const [text, setText] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const grow = () => {
      const { current } = field;
      if (!current) return;
      current.style.height = 'auto';
      current.style.height = `min(${current.scrollHeight + 2}px, 40vh)`;
    };
    grow();
    // Turned round, or letters enlarged: the words take other room.
    window.addEventListener('resize', grow);
    return () => window.removeEventListener('resize', grow);
  }, [text]);
  const send = () => {
    say(text);
    setText('');
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // The Enter that takes a word from the input method is not one that sends; Safari tells it only by 229.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    if (text.trim() !== '') send();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        ref={field}
        rows={1}
        maxLength={500}
        value={text}
        aria-label="您的问题"
        placeholder="请输入问题"
        enterkeyhint="send"
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <button type="submit" class="send" disabled={text.trim() === ''}>
        发送
      </button>
    </form>
  );
}
