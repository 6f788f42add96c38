export const id=949,ids=[949],modules={9949:((t,o,d)=>{d.d(o,{defaultProvider:()=>e.v6});var e=d(9882)})};
