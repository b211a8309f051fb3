import{b as a,c as b}from"./shared-NCLMZCM2.js";import"./shared-K5L2NVWZ.js";export{b as TbMarkdown,a as render};
