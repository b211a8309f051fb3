import{b as a,c as b}from"./shared-MSRZBMBO.js";import"./shared-K5L2NVWZ.js";export{b as TbMarkdown,a as render};
