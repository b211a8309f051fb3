import{b as a,c as b}from"./shared-S3AT2RJR.js";import"./shared-K5L2NVWZ.js";export{b as TbMarkdown,a as render};
