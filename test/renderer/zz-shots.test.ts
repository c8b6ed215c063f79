import { it, afterAll, beforeAll } from 'vitest';
import { mkdirSync } from 'node:fs';
import { openHouse, type House } from './open-window.ts';
import { SCREENS } from './screens.ts';
const out='/tmp/window-shots'; mkdirSync(out,{recursive:true});
let house: House;
beforeAll(async()=>{house=await openHouse();},60000);
afterAll(()=>house.close());
const only=process.env['ONLY']; const modes=(process.env['MODES']??'light,dark').split(',');
for(const [name,s] of Object.entries(SCREENS)) if(!only||new RegExp(only).test(name)) it(name, async()=>{
  for(const mode of modes){
    const w=await house.open({...s.options, look:{...s.options.look, ...(mode==='forced'?{forcedColors:'active'}:{colorScheme:mode})} as never});
    try{ await s.arrive(w.page); await w.page.waitForTimeout(250);
    await w.page.screenshot({path:`${out}/${name}-${mode}.png`, fullPage:true});
    if(w.complaints.length) console.log(name,mode,w.complaints);
    } finally {await w.close();}
  }
},30000);
