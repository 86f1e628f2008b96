/** Whether tests keep pictures of what they show, for people to look at: to draw and to pack them takes long, and nothing is read from them. */
export const keepsPictures = process.env.SCREENSHOTS === '1';
