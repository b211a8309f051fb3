import{c as a,d as b,e as c}from"./shared-DWLW4TKY.js";import"./shared-TE2OIWSQ.js";export{c as TbMarkdown,a as ready,b as render};
