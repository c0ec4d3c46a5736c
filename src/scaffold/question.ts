import { listed } from '../base/listed';
import type { Definition, RoleDefinition } from '../model/definition';
import type { Service } from '../model/service';

/** Answers by the key of their question; an empty one leaves the thing out. */
export type Answers = Readonly<Record<string, string>>;

/** What a question may depend on: the service, the role that it is about, and the answers to the questions before it. */
export interface Asked {
	readonly service: Service;
	readonly definition: Definition;
	readonly role: RoleDefinition;
	readonly answers: Answers;
}

/** What has to be known before something can be planned. The editor asks it, the command line takes it as an option. */
export interface Question {
	readonly key: string;
	/** What may be answered; left out: any text. */
	choices?(asked: Asked): readonly string[];
	/** Proposed, and taken where nobody says otherwise. */
	initial?(asked: Asked): string | undefined;
	/** Why this cannot be the answer, in a sentence. */
	problem?(answer: string, asked: Asked): string | undefined;
	/** False where the answers before it make it pointless. */
	applies?(asked: Asked): boolean;
	/** True where it may be left empty. */
	optional?(asked: Asked): boolean;
	/** Said where there is nothing to choose from. */
	readonly noChoices?: string;
	/** Of the choices any number, with commas between. */
	readonly several?: boolean;
	/** What is taken as proposed unless somebody says it: too fine to be asked for. */
	readonly isDetail?: boolean;
}

/** The next question that is not answered yet, in their order. */
export function nextQuestion(questions: readonly Question[], asked: Asked): Question | undefined {
	return questions.find(question => asked.answers[question.key] === undefined && applies(question, asked));
}

export function applies(question: Question, asked: Asked): boolean {
	return question.applies?.(asked) ?? true;
}

/** Why this cannot be the answer to a question, in a sentence; `undefined` where it can. */
export function answerProblem(question: Question, answer: string, asked: Asked): string | undefined {
	const choices = question.choices?.(asked);
	if (answer === '') {
		return question.optional?.(asked) ? undefined : missing(question, choices);
	}
	const chosen = question.several ? partsOf(answer) : [answer];
	const unknown = choices && chosen.find(each => !choices.includes(each));
	if (unknown !== undefined) {
		return choices?.length === 0
			? missing(question, choices)
			: `'${unknown}' cannot be the ${words(question)}; use ${listed(choices ?? [], 'or')}.`;
	}
	return question.problem?.(answer, asked);
}

/** The answers of a list. */
export function partsOf(answer: string): readonly string[] {
	return answer
		.split(',')
		.map(part => part.trim())
		.filter(part => part !== '');
}

function missing(question: Question, choices: readonly string[] | undefined): string {
	if (choices?.length === 0) {
		return question.noChoices ?? `There is nothing that could be the ${words(question)}; add it first.`;
	}
	return `Say the ${words(question)}${choices ? `: ${listed(choices, 'or')}` : ''}.`;
}

function words({ key }: Question): string {
	return key.replaceAll('-', ' ');
}
