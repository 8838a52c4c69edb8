use evidence::*;
struct Count(u64,u64);
impl Recorder for Count { fn record(&mut self, r: Record) -> std::io::Result<()> { self.0+=1; if r.verdict!=Verdict::Verified {self.1+=1; println!("{} {:?} {:?}", r.source.path, r.verdict, r.reason_codes);} Ok(()) } }
fn main(){
  let a: Vec<String> = std::env::args().collect();
  let t=std::time::Instant::now();
  let p=Progress::default();
  let pack=Pack::open(&[a[1].clone().into()],&p).unwrap();
  println!("open {:?} {} artifacts", t.elapsed(), pack.artifacts.len());
  let mut book=KeyBook::default();
  if a.len()>2 { book.supplied.push(SuppliedKeys{name:"k".into(),ecosystem:Ecosystem::NexArt,bytes:std::fs::read(&a[2]).unwrap()}); }
  let mut c=Count(0,0);
  let r=verify(&pack,&book,&Policy::default(),&p,&mut c).unwrap();
  println!("{:?} {:?} {} records {} not verified {:?}", r.verdict, r.reason_codes, c.0,c.1, t.elapsed());
  println!("{:?}", r.counts);
  let s=std::fs::read_to_string("/proc/self/status").unwrap(); for l in s.lines().filter(|l|l.starts_with("VmHWM")){println!("{l}");}
}
