import{b as a,c as b}from"./shared-J7HTTNNK.js";import"./shared-K5L2NVWZ.js";export{b as TbMarkdown,a as render};
