import{c as a,d as b}from"./shared-RSDZF432.js";export{b as TbMarkdown,a as render};
