export const id=8,ids=[8],modules={4008:((d,s,o)=>{o.d(s,{fromEnv:()=>_.sF});var _=o(3099)})};
