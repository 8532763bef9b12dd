/** The messages this channel sends, in the platform's own words; the receiver and the app are added when it is sent. */
export type OutgoingMessage =
  | { msgtype: 'text'; text: { content: string } }
  | { msgtype: 'markdown'; markdown: { content: string } }
  | { msgtype: 'image'; image: { media_id: string } }
  | { msgtype: 'template_card'; template_card: TextNotice | ButtonCard };

interface Title {
  title: string;
  desc?: string;
}

interface Quote {
  type: 1;
  url: string;
  quote_text: string;
}

/** One figure: the figure large, where it stands as a quote, the page of the report behind it, questions in its menu. */
export interface TextNotice {
  card_type: 'text_notice';
  source: { desc: string; desc_color: 0 };
  main_title: Title;
  emphasis_content: { title: string; desc?: string };
  quote_area?: Quote;
  sub_title_text?: string;
  jump_list: { type: 1; title: string; url: string }[];
  card_action: { type: 1; url: string };
  action_menu?: { desc: string; action_list: { text: string; key: string }[] };
  task_id: string;
}

/** A choice: what can be chosen as rows or on the buttons themselves. */
export interface ButtonCard {
  card_type: 'button_interaction';
  source: { desc: string; desc_color: 0 };
  main_title: Title;
  quote_area?: Quote;
  sub_title_text?: string;
  horizontal_content_list: { keyname: string; value: string }[];
  button_list: { text: string; style: 1; key: string }[];
  task_id: string;
}
