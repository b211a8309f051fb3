import{a as N,b as f,c as y,d as v,e as P,f as S,g,h as M}from"./shared-FNGEHYBN.js";import{d as b}from"./shared-TE2OIWSQ.js";function z(o,u,t=0){let e=o.reduce((d,p)=>Math.min(d,p),1/0),i=o.reduce((d,p)=>Math.max(d,p),-1/0);e===i&&([e,i]=[e-(Math.abs(e)||1)/2,i+(Math.abs(i)||1)/2]);let n=(i-e)*t;[e,i]=[e-n,i+n];let l=(i-e)/Math.max(2,u),a=10**Math.floor(Math.log10(l)),r=a*([1,2,5,10].find(d=>d*a>=l)??10),h=[];for(let d=Math.ceil(e/r);d*r<=i+r*1e-9;d++)h.push(d*r);return{min:e,max:i,step:r,ticks:h}}function T(o,u){let t=Math.max(1,Math.floor(u));if(o.length<=t*2)return[...o];let e=[];for(let i=0;i<t;i++){let n=Math.floor(i*o.length/t),l=Math.floor((i+1)*o.length/t),a=n,r=n;for(let h=n;h<l;h++)o[h][1]<o[a][1]&&(a=h),o[h][1]>o[r][1]&&(r=h);e.push(o[Math.min(a,r)]),a!==r&&e.push(o[Math.max(a,r)])}return e}function m(o,u){if(o===0)return"0";let t=Math.abs(o);return t>=1e6||t<.001?u!==void 0&&t<u/1e6?"0":Number(o.toPrecision(3)).toExponential().replace("e+","e"):u!==void 0?o.toFixed(Math.min(6,Math.max(0,-Math.floor(Math.log10(u)+1e-9)))):String(Number(o.toPrecision(4)))}var c={top:10,right:14,bottom:40,left:58},F=6,x=class extends P{constructor(){super(...arguments);this.series=[];this.title="";this.xLabel="";this.yLabel="";this.height=260;this.width=600;this.asTable=!1;this.hidden_=new Set;this.observer=new ResizeObserver(([t])=>this.width=Math.max(240,t.contentRect.width))}connectedCallback(){super.connectedCallback(),this.observer.observe(this)}disconnectedCallback(){super.disconnectedCallback(),this.observer.disconnect()}appendPoints(t,e){let i=this.series.some(n=>n.name===t);this.series=i?this.series.map(n=>n.name===t?{...n,points:[...n.points,...e]}:n):[...this.series,{name:t,points:e}]}render(){let t=this.series.filter(e=>!this.hidden_.has(e.name));return f`<figure>
      <figcaption>
        <span class="title">${this.title}</span>
        ${this.series.length>1||this.title===""?this.legend():v}
        <button type="button" aria-pressed=${this.asTable} @click=${()=>this.asTable=!this.asTable}>Table</button>
      </figcaption>
      ${this.asTable?this.table():this.plot(t)}
    </figure>`}plot(t){let e=t.flatMap(s=>k(s.points));if(e.length===0)return f`<div class="empty" style="height:${this.height}px">No points yet.</div>`;let i=[...e.map(([,s])=>s),...t.flatMap(s=>(s.band??[]).flatMap(([,w,E])=>[w,E]))],n=z(e.map(([s])=>s),(this.width-c.left-c.right)/90),l=z(i,(this.height-c.top-c.bottom)/44,.04),a=this.width-c.right,r=this.height-c.bottom,h=s=>c.left+(s-n.min)/(n.max-n.min)*(a-c.left),d=s=>r-(s-l.min)/(l.max-l.min)*(r-c.top),p=this.readout(t,h);return f`<div class="plot" tabindex="0" role="img" aria-label=${this.summary()}
        @pointermove=${s=>this.hover(s,n.min,n.max)} @pointerleave=${()=>this.at=void 0}
        @keydown=${s=>this.step(s,t)} @blur=${()=>this.at=void 0}>
      <svg width=${this.width} height=${this.height} aria-hidden="true">
        ${l.ticks.map(s=>y`<line class="grid" x1=${c.left} x2=${a} y1=${d(s)} y2=${d(s)} />
          <text class="tick" x=${c.left-8} y=${d(s)+4} text-anchor="end">${m(s,l.step)}</text>`)}
        ${n.ticks.map(s=>y`<text class="tick" x=${h(s)} y=${r+16} text-anchor="middle">${m(s,n.step)}</text>`)}
        <line class="axis" x1=${c.left} x2=${a} y1=${r} y2=${r} />
        <text class="label" x=${(c.left+a)/2} y=${this.height-6} text-anchor="middle">${this.xLabel}</text>
        <text class="label" transform="translate(14 ${(c.top+r)/2}) rotate(-90)" text-anchor="middle">${this.yLabel}</text>
        ${t.map(s=>this.curve(s,h,d))}
        ${p?y`<line class="cursor" x1=${h(p.x)} x2=${h(p.x)} y1=${c.top} y2=${r} />`:v}
        ${p?.values.map(({series:s,y:w})=>y`<circle r="4" cx=${h(p.x)} cy=${d(w)} fill=${this.colour(s)} />`)}
      </svg>
      ${p?f`<div class="readout ${h(p.x)>this.width*.6?"left":""}" style="--x:${h(p.x)}px">
            <div>${this.xLabel||"x"} ${m(p.x)}</div>
            ${p.values.map(({series:s,y:w})=>f`<div><i style="background:${this.colour(s)}"></i>${s.name} <b>${m(w)}</b></div>`)}
          </div>`:v}
    </div>`}curve(t,e,i){let n=this.colour(t),l=t.band??[],a=[...l.map(([d,,p])=>[d,p]),...l.toReversed().map(([d,p])=>[d,p])],r=R(t.points).map(d=>T(d,this.width).map(([p,s],w)=>`${w===0?"M":"L"}${e(p).toFixed(1)} ${i(s).toFixed(1)}`).join("")).join(""),h=k(t.points).length===1?k(t.points)[0]:void 0;return y`
      ${l.length>1?y`<polygon fill=${n} fill-opacity="0.15" points=${a.map(([d,p])=>`${e(d)},${i(p)}`).join(" ")} />`:v}
      <path d=${r} fill="none" stroke=${n} stroke-width="2" stroke-linejoin="round" />
      ${h?y`<circle r="3.5" cx=${e(h[0])} cy=${i(h[1])} fill=${n} />`:v}`}legend(){return f`<span class="legend">${this.series.map(t=>f`<button type="button" aria-pressed=${!this.hidden_.has(t.name)} @click=${()=>this.toggle(t.name)}>
        <i style="background:${this.colour(t)}"></i>${t.name}</button>`)}</span>`}table(){let t=this.series.flatMap(e=>T(k(e.points),50).map(([i,n])=>({name:e.name,x:i,y:n})));return f`<div class="table" tabindex="0" role="group" aria-label="Values"><table>
      <thead><tr><th>Series</th><th>${this.xLabel||"x"}</th><th>${this.yLabel||"y"}</th></tr></thead>
      <tbody>${t.map(e=>f`<tr><td>${e.name}</td><td>${m(e.x)}</td><td>${m(e.y)}</td></tr>`)}</tbody>
    </table></div>`}summary(){let t=this.series.flatMap(e=>{let i=k(e.points);if(i.length===0)return[];let[n,l]=[i[0],i.at(-1)];return[`${e.name} from ${m(n[1])} at ${m(n[0])} to ${m(l[1])} at ${m(l[0])}`]});return`${this.title||this.yLabel||"Line chart"}: ${t.join("; ")}.`}readout(t,e){let i=this.at;if(i===void 0)return;let n=t.flatMap(a=>{let r=j(k(a.points),i);return r?[{series:a,x:r[0],y:r[1]}]:[]}),l=n.reduce((a,r)=>Math.abs(r.x-i)<Math.abs(a-i)?r.x:a,n[0]?.x??i);return{x:l,values:n.filter(a=>Math.abs(e(a.x)-e(l))<12)}}hover(t,e,i){let n=t.currentTarget.getBoundingClientRect(),l=(t.clientX-n.left-c.left)/(this.width-c.left-c.right);this.at=e+Math.min(1,Math.max(0,l))*(i-e)}step(t,e){let i=t.key==="ArrowRight"?1:t.key==="ArrowLeft"?-1:0;if(i===0)return;t.preventDefault();let n=[...new Set(e.flatMap(a=>k(a.points).map(([r])=>r)))].sort((a,r)=>a-r),l=this.at===void 0?i>0?-1:n.length:n.findIndex(a=>a>=this.at-1e-9);this.at=n[Math.min(n.length-1,Math.max(0,l+i))]}toggle(t){let e=new Set(this.hidden_);e.delete(t)||e.add(t),this.hidden_=e}colour(t){return`var(--tb-series-${this.series.findIndex(e=>e.name===t.name)%F+1}, #0072b2)`}};x.styles=N`
    :host { display: block; min-width: 0; color: var(--tb-text, inherit); font-family: var(--tb-font, system-ui, sans-serif); }
    figure { margin: 0; }
    figcaption { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px; margin-bottom: 4px; font-size: 14px; }
    .title { font-weight: 600; }
    .legend { display: flex; flex-wrap: wrap; gap: 4px; }
    button { display: inline-flex; align-items: center; gap: 6px; min-height: 28px; padding: 2px 8px; font: inherit; font-size: 13px; color: inherit; background: none; border: 1px solid transparent; border-radius: 6px; cursor: pointer; }
    button:hover { background: var(--tb-code, #8882); }
    .legend button[aria-pressed='false'] { opacity: 0.6; text-decoration: line-through; }
    figcaption > button { margin-inline-start: auto; color: var(--tb-text-soft, inherit); }
    figcaption > button[aria-pressed='true'] { background: var(--tb-accent-soft, #8882); }
    i { display: inline-block; width: 12px; height: 4px; border-radius: 2px; margin-inline-end: 4px; }
    .plot { position: relative; border-radius: 8px; touch-action: pan-y; }
    :focus-visible { outline: 2px solid var(--tb-focus, currentColor); outline-offset: 2px; }
    svg { display: block; max-width: 100%; overflow: visible; }
    .grid { stroke: var(--tb-line, #ddd); }
    .axis, .cursor { stroke: var(--tb-line-strong, #888); }
    .cursor { stroke-dasharray: 3 3; }
    text { fill: var(--tb-text-soft, currentColor); font-size: 12px; font-variant-numeric: tabular-nums; }
    .readout { position: absolute; top: 8px; left: calc(var(--x) + 10px); z-index: 1; pointer-events: none; padding: 6px 10px; font-size: 13px; white-space: nowrap; background: var(--tb-raised, Canvas); border: 1px solid var(--tb-line, #ccc); border-radius: 8px; box-shadow: var(--tb-shadow, none); }
    .readout.left { transform: translateX(calc(-100% - 20px)); }
    .empty { display: grid; place-items: center; color: var(--tb-text-soft, inherit); border: 1px dashed var(--tb-line, #ccc); border-radius: 8px; }
    .table { max-height: 260px; overflow: auto; }
    table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; }
    th, td { padding: 3px 12px; text-align: start; border-bottom: 1px solid var(--tb-line, #ddd); }
  `,b([g({attribute:!1})],x.prototype,"series",2),b([g()],x.prototype,"title",2),b([g()],x.prototype,"xLabel",2),b([g()],x.prototype,"yLabel",2),b([g({type:Number})],x.prototype,"height",2),b([M()],x.prototype,"width",2),b([M()],x.prototype,"at",2),b([M()],x.prototype,"asTable",2),b([M()],x.prototype,"hidden_",2),x=b([S("tb-line-chart")],x);var $=class extends P{constructor(){super(...arguments);this.value=Number.NaN;this.low=Number.NaN;this.high=Number.NaN;this.min=0;this.max=1;this.label=""}render(){if(!Number.isFinite(this.value))return v;let t=n=>Math.min(100,Math.max(0,100*(n-this.min)/(this.max-this.min))),e=Number.isFinite(this.low)&&Number.isFinite(this.high),i=`${this.label?`${this.label} `:""}${m(this.value)}${e?`, interval ${m(this.low)} to ${m(this.high)}`:""}`;return f`<div class="scale" role="img" aria-label=${i} title=${i}>
      <span class="track"></span>
      ${this.reference===void 0?v:f`<span class="reference" style="left:${t(this.reference)}%"></span>`}
      ${e?f`<span class="band" style="left:${t(this.low)}%;width:${t(this.high)-t(this.low)}%"></span>`:v}
      <span class="dot" style="left:${t(this.value)}%"></span>
    </div>`}};$.styles=N`
    :host { display: inline-block; width: 160px; max-width: 100%; vertical-align: middle; }
    .scale { position: relative; height: 18px; margin-inline: 6px; direction: ltr; }
    span { position: absolute; }
    .track { inset: 8px 0 auto; height: 2px; border-radius: 1px; background: var(--tb-line, #ddd); }
    .band { top: 6px; height: 6px; min-width: 2px; border-radius: 3px; background: color-mix(in srgb, var(--tb-series-1, #0072b2) 45%, transparent); }
    .dot { top: 3px; width: 12px; height: 12px; margin-left: -6px; border-radius: 50%; background: var(--tb-series-1, #0072b2); border: 2px solid var(--tb-surface, Canvas); box-sizing: border-box; }
    .reference { top: 1px; width: 2px; height: 16px; margin-left: -1px; background: var(--tb-line-strong, #888); }
  `,b([g({type:Number})],$.prototype,"value",2),b([g({type:Number})],$.prototype,"low",2),b([g({type:Number})],$.prototype,"high",2),b([g({type:Number})],$.prototype,"min",2),b([g({type:Number})],$.prototype,"max",2),b([g({type:Number})],$.prototype,"reference",2),b([g()],$.prototype,"label",2),$=b([S("tb-interval")],$);var k=o=>o.filter(u=>typeof u[1]=="number"&&Number.isFinite(u[1]));function R(o){let u=[[]];for(let t of o)typeof t[1]=="number"&&Number.isFinite(t[1])?u.at(-1).push(t):u.push([]);return u.filter(t=>t.length>0)}function j(o,u){let t=0,e=o.length-1;for(;t<e;){let l=t+e>>1;o[l][0]<u?t=l+1:e=l}let[i,n]=[o[t-1],o[t]];return i&&n&&u-i[0]<n[0]-u?i:n}export{$ as Interval,x as LineChart};
