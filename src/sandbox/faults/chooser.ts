import { chance, oneOf } from '../chance.js';
import type { FaultEffect, FaultPhase, FaultRule } from './fault.js';

/** What is known of a request when a fault may strike. */
interface FaultSubject {
  readonly phase: FaultPhase;
  /** `''` where the phase does not know it. */
  readonly destination: string;
  readonly template: string;
}

/** A fault that strikes, under the name that goes into the log. */
export interface ChosenFault {
  readonly name: string;
  readonly effect: FaultEffect;
}

/** Decides for one request after the other; null: no fault. */
export type FaultChooser = (subject: FaultSubject) => ChosenFault | null;

interface WatchedRule {
  readonly rule: FaultRule;
  /** How often the rule's match, without `nth` and chance, has been met. */
  met: number;
  readonly metByDestination: Map<string, number>;
}

/**
 * The first rule that matches decides. Chance depends on the seed, the rule, the destination and how often
 * that destination came before: who is struck does not depend on the order in which requests arrive.
 */
export function createFaultChooser(rules: readonly FaultRule[], seed: number): FaultChooser {
  const watched = rules.map((rule): WatchedRule => ({ rule, met: 0, metByDestination: new Map() }));
  return (subject) => {
    for (const [index, candidate] of watched.entries()) {
      const effect = effectOn(candidate, subject, seed, index);
      if (effect !== null) return { name: candidate.rule.name, effect };
    }
    return null;
  };
}

function effectOn(
  watched: WatchedRule,
  subject: FaultSubject,
  seed: number,
  index: number,
): FaultEffect | null {
  const { match, choice } = watched.rule;
  if (!speaksOf(watched.rule, subject)) return null;
  watched.met += 1;
  const times = (watched.metByDestination.get(subject.destination) ?? 0) + 1;
  watched.metByDestination.set(subject.destination, times);
  if (match.nth !== undefined && match.nth !== watched.met) return null;
  if (match.firstTimes !== undefined && times > match.firstTimes) return null;
  const keys = [index, subject.destination, times];
  if (match.probability !== undefined && chance(seed, 'strikes', ...keys) >= match.probability) return null;
  if (choice.kind === 'always') return choice.effect;
  if (choice.kind === 'by-chance') return oneOf(choice.effects, seed, 'effect', ...keys) ?? null;
  return choice.effects[subject.destination.slice(-4)] ?? null;
}

function speaksOf({ match, choice }: FaultRule, subject: FaultSubject): boolean {
  if ((match.phase ?? 'send') !== subject.phase) return false;
  if (match.template !== undefined && match.template !== subject.template) return false;
  if (match.destination !== undefined && !match.destination.test(subject.destination)) return false;
  return choice.kind !== 'by-number' || Object.hasOwn(choice.effects, subject.destination.slice(-4));
}
