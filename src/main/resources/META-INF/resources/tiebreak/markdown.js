import{c as a,d as b,e as c}from"./shared-DNRHZ2IY.js";import"./shared-TE2OIWSQ.js";export{c as TbMarkdown,a as ready,b as render};
