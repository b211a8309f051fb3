import{b as a,c as b}from"./shared-VXATGR7D.js";import"./shared-K5L2NVWZ.js";export{b as TbMarkdown,a as render};
