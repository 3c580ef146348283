/** Tells a person, in one short line, what is being done now. */
export type Report = (text: string) => void

export const silent: Report = () => {}
