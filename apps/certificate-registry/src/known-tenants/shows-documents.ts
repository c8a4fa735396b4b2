import type { PublicData } from '@laurel/contracts';

/**
 * Whether a tenant shows documents to whoever has the address of a certificate. They hold the full name and all results: whoever hides
 * one of these hides them too, whatever else they say.
 *
 * @param choice null where none was heard of: then everything is shown
 */
export function showsDocuments(choice: PublicData | null): boolean {
  return choice === null || (choice.documents && choice.results && choice.recipientName === 'full');
}
