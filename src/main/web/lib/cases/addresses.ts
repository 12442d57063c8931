/** Where the page shows what the API's address lists: `/api/cases?…` becomes `/cases?…`. */
export const casesAt = (link: string) => link.replace(/^\/api/, '')
